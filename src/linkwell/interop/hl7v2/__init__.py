"""HL7 v2 over MLLP: bytes in, frozen events or findings out. No Django."""

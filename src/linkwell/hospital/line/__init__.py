"""The line to a hospital: a server that keeps what it is sent, then says so."""

"""Machine interfaces: addresses that other systems read. No rules of their own."""

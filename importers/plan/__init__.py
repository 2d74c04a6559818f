"""What an import would do, as data: each row against the register, what must be asked, what is held back."""

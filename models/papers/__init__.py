"""Papers of founding and joining (文书): what each says, its number, that it was issued, templates of one's own."""

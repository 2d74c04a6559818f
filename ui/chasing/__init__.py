"""What is due from unions: who has handed in, who has not, the rules."""

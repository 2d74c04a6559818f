"""What is due from unions (催报): the rules, who has handed in and who has not, what a person says of it."""

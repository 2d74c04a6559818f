"""What is kept: each kind of record with its fields, declared once; the forms that are drawn from them; checks across fields."""

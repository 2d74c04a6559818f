"""Papers that are written and not listed: templates in Word, their texts as pages."""

"""Working lists (工作名单): what they are for, who is on them, what was ticked."""

"""Opening a register: what stands above its folder, its backups and people's rights; and looking it over."""

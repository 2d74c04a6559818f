"""The register's folder: creating, opening and closing it, its key, its lock, its backups, and what belongs to the laptop."""

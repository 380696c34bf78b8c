"""Whether originals and archives of sources are alive, and whether the quoted words stand there."""

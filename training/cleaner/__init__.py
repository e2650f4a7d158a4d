"""The line model that tells article from furniture: its pages, its two stages, its file."""

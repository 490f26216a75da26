"""Sections of the Overview that other pages show too."""

"""What every page is made of: templates, our few scripts, the safe headers."""

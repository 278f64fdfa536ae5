"""What every room uses: errors, formatting, text for terminals, random numbers."""

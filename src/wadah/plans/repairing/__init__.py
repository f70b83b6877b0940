"""What won't come is made up for: asked with what is known, worked out in the background, shown, and put into force."""

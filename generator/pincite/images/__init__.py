"""Files of content/media: what they are, whether they can be shown, and how they are made anew."""

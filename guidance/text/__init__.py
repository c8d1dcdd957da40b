"""Foreign text made safe to read: JSON, HTML to text, folding, what the person wrote, sentences, language, and the one scan."""

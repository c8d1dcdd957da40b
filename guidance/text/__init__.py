"""Foreign text made safe to read: HTML to text, folding, what the person wrote, sentences, language, and the one scan."""

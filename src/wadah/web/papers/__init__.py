"""Papers as PDF: a letter's words are put together here, typst sets them (letter.typ), a QR leads to the check."""

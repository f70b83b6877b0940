"""Members' money: settlements, payouts, savings, advances, terms, bank accounts, royalties."""

"""The pages of tenders: their list, and the tabs of one tender."""

"""Item analysis: what the answers of many people say about the questions."""

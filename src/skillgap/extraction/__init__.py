"""Document -> JobProfile: tokens, mentions, blocks, levels, groups and facts."""

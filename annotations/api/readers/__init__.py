"""What the API answers, for the schema. The answers themselves are made by queries; tests hold the two together."""

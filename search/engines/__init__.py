"""What holds an index: the protocol (`base`) and the engines behind it."""

"""Programs of Java that stand beside ours in tests: Maven brings what their POM names."""

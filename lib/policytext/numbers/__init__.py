"""Text becomes quantities, and quantities become targets."""

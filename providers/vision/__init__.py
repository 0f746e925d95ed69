"""Engines that look at camera frames."""

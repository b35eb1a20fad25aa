"""Reads that join several tables for one screen or one file. Nothing here writes."""

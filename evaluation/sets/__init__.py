"""Readers of labelled sets, each as its authors publish it. Nothing of a set is kept in the project."""

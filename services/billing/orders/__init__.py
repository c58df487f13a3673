"""Buying: a quote becomes an order, a paid order becomes what it gives."""

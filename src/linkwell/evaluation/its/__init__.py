"""Interrupted time series: did the level or the slope of a rate change when something began?"""

"""The order of the results: arrays in memory, no database.

What is known (`entries`, `segment`), what is asked (`asked`, `urgent`), and how the two become an order (`scoring`).
"""

from tests.browser import chromium, page, plain_page

__all__ = ["chromium", "page", "plain_page"]

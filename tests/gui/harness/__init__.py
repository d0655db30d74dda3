# SPDX-License-Identifier: MIT
"""A desktop of its own for GUI stories: real windows, real keys, real clicks, read as a screen reader reads them."""

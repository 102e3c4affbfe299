"""Every example and every figure of the site, in folders that mirror `docs/`."""

"""What goes with the packages of a chain: upload guide, sheet for IT, return sheet, digests."""

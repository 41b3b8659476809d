"""What is known of the LMSs: presets, options, guides."""

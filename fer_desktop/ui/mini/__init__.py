"""The glance while other windows are in front: a strip that stays on top, and the tray."""

"""What shows a scene: drawing in SVG, frames and controls, the player, a page of HTML."""

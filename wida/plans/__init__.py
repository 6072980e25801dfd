"""Plan van aanpak and Uitvoering: goals, actions, safety plans, and what is done about them."""

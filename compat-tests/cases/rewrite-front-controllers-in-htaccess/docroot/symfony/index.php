front of symfony

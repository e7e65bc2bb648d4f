front of wordpress

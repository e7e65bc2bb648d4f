front of joomla

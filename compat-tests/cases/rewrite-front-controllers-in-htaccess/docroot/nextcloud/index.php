front of nextcloud

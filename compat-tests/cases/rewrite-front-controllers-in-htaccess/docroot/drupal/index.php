front of drupal

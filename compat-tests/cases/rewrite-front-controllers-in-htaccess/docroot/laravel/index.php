front of laravel

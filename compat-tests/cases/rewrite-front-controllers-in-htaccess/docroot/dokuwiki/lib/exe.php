fetch

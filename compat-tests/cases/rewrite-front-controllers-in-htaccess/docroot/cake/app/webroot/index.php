cake

doku

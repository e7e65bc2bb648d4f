// The lines of httpd.conf and their words, every byte in a token.
//
// One char is one byte. A line begins in the default mode and goes on in ARGS. `\` LF and `\` CR LF join lines wherever they
// stand, so they are part of whatever token they fall into (JOIN); the longest match sees to it that they are never taken
// for an escape. A NUL hides the rest of its physical line from httpd (TAIL), a join at its end included.
lexer grammar HttpdLexer;

@header { package dev.sluice.syntax; }

COMMENT  : '#' (~[\n\u0000] | JOIN)* ;
CLOSE    : '<' JOIN* '/' (BARE | JOIN)* -> mode(ARGS) ;
OPEN     : '<' (BARE | JOIN)* -> mode(ARGS) ;
QUOTED   : (DOUBLE | SINGLE) -> mode(ARGS) ;
WORD     : ~[ \t\r\n\f\u000B\u0000"'#<] (BARE | JOIN)* -> mode(ARGS) ;
SPACE    : (BLANK | JOIN)+ ;
TAIL     : '\u0000' ~'\n'* ;
LINE_END : '\n' ;

mode ARGS;

ARG_QUOTED : (DOUBLE | SINGLE) -> type(QUOTED) ;
ARG_WORD   : ~[ \t\r\n\f\u000B\u0000"'] (BARE | JOIN)* -> type(WORD) ;
ARG_SPACE  : (BLANK | JOIN)+ -> type(SPACE) ;
ARG_TAIL   : '\u0000' ~'\n'* -> type(TAIL) ;
ARG_END    : '\n' -> type(LINE_END), mode(DEFAULT_MODE) ;

fragment JOIN   : '\\' '\r'? '\n' ;
fragment BLANK  : [ \t\r\f\u000B] ;
fragment BARE   : ~[ \t\r\n\f\u000B\u0000] ;
fragment DOUBLE : '"' (~["\\\n\u0000] | JOIN | '\\' JOIN* ~[\n\u0000])* ('"' | '\\')? ;
fragment SINGLE : '\'' (~['\\\n\u0000] | JOIN | '\\' JOIN* ~[\n\u0000])* ('\'' | '\\')? ;

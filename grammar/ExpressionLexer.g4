// The words of ap_expr. One char is one byte.
//
// Strings hold variables, and a function's argument in a variable holds strings' pieces again: hence the modes. A text comes in
// pieces (TEXT, ESCAPE); ExpressionTokens joins them, as the parser of httpd sees one T_STRING. The order of the names in
// tokens{} is the order in which httpd lists what it expected; but for those that are written as they are, its names have a
// T_ in front.
lexer grammar ExpressionLexer;

@header { package dev.sluice.expression; }

tokens {
    TRUE, FALSE, ERROR, DIGIT, ID, STRING, REGEX, REGEX_I, REGEX_BACKREF, OP_UNARY, OP_BINARY,
    STR_BEGIN, STR_END, VAR_BEGIN, VAR_END,
    OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE, OP_REG, OP_NRE, OP_IN,
    OP_STR_EQ, OP_STR_NE, OP_STR_LT, OP_STR_LE, OP_STR_GT, OP_STR_GE,
    OP_CONCAT, OP_OR, OP_AND, OP_NOT,
    OPEN, CLOSE, OPEN_LIST, CLOSE_LIST, COMMA, COLON,
    ESCAPE, BAD_ESCAPE, BAD_NAME, JAM
}

BLANK : [ \t\n]+ -> skip ;

DOUBLE_BEGIN : '"' -> type(STR_BEGIN), pushMode(DOUBLE) ;
SINGLE_BEGIN : '\'' -> type(STR_BEGIN), pushMode(SINGLE) ;
VARIABLE     : '%{' -> type(VAR_BEGIN), pushMode(NAME) ;
BACKREF      : '$' DIGIT_ -> type(REGEX_BACKREF) ;

TRUE_  : 'true' -> type(TRUE) ;
FALSE_ : 'false' -> type(FALSE) ;
AND    : ('and' | '&&') -> type(OP_AND) ;
OR     : ('or' | '||') -> type(OP_OR) ;
NOT    : ('not' | '!') -> type(OP_NOT) ;

EQ     : '='? '=' -> type(OP_STR_EQ) ;
NE     : '!=' -> type(OP_STR_NE) ;
LT     : '<' -> type(OP_STR_LT) ;
LE     : '<=' -> type(OP_STR_LE) ;
GT     : '>' -> type(OP_STR_GT) ;
GE     : '>=' -> type(OP_STR_GE) ;
INT_EQ : '-'? 'eq' -> type(OP_EQ) ;
INT_NE : '-'? 'ne' -> type(OP_NE) ;
INT_LT : '-'? 'lt' -> type(OP_LT) ;
INT_LE : '-'? 'le' -> type(OP_LE) ;
INT_GT : '-'? 'gt' -> type(OP_GT) ;
INT_GE : '-'? 'ge' -> type(OP_GE) ;
IN     : '-'? 'in' -> type(OP_IN) ;
REG    : '=~' -> type(OP_REG) ;
NRE    : '!~' -> type(OP_NRE) ;

UNARY  : '-' [a-zA-Z_] -> type(OP_UNARY) ;
BINARY : '-' [a-zA-Z_] [a-zA-Z_0-9]+ -> type(OP_BINARY) ;

NUMBER : '-'? DIGIT_+ -> type(DIGIT) ;
WORD   : WORD_ -> type(ID) ;

PATTERN   : PATTERN_ -> type(REGEX) ;
PATTERN_I : PATTERN_ 'i' -> type(REGEX_I) ;
/** A pattern that does not end takes all the rest with it. */
ENDLESS   : ('/' ~'/'* | ENDLESS_) -> skip ;

CONCAT : '.' -> type(OP_CONCAT) ;
L1     : '(' -> type(OPEN) ;
R1     : ')' -> type(CLOSE) ;
L2     : '{' -> type(OPEN_LIST) ;
R2     : '}' -> type(CLOSE_LIST) ;
COMMA_ : ',' -> type(COMMA) ;
COLON_ : ':' -> type(COLON) ;
OTHER  : . -> type(ERROR) ;

mode DOUBLE;

D_END     : '"' -> type(STR_END), popMode ;
D_TEXT    : ('$' | '%') -> type(STRING) ;
D_RUN     : ~["\\$%]+ -> type(STRING) ;
D_BACKREF : '$' DIGIT_ -> type(REGEX_BACKREF) ;
D_VAR     : '%{' -> type(VAR_BEGIN), pushMode(NAME) ;
D_ESCAPE  : ESCAPE_ -> type(ESCAPE) ;
D_BAD     : '\\' DIGIT_+ -> type(BAD_ESCAPE) ;
D_JAM     : '\\' -> type(JAM) ;

mode SINGLE;

S_END     : '\'' -> type(STR_END), popMode ;
S_TEXT    : ('$' | '%') -> type(STRING) ;
S_RUN     : ~['\\$%]+ -> type(STRING) ;
S_BACKREF : '$' DIGIT_ -> type(REGEX_BACKREF) ;
S_VAR     : '%{' -> type(VAR_BEGIN), pushMode(NAME) ;
S_ESCAPE  : ESCAPE_ -> type(ESCAPE) ;
S_BAD     : '\\' DIGIT_+ -> type(BAD_ESCAPE) ;
S_JAM     : '\\' -> type(JAM) ;

/** A whole expression that is a string. */
mode TEXT;

T_TEXT    : ('$' | '%') -> type(STRING) ;
T_RUN     : ~[\\$%]+ -> type(STRING) ;
T_BACKREF : '$' DIGIT_ -> type(REGEX_BACKREF) ;
T_VAR     : '%{' -> type(VAR_BEGIN), pushMode(NAME) ;
T_ESCAPE  : ESCAPE_ -> type(ESCAPE) ;
T_BAD     : '\\' DIGIT_+ -> type(BAD_ESCAPE) ;
T_JAM     : '\\' -> type(JAM) ;

/** Behind the colon of %{function:...}: quotes must be escaped there. */
mode ARGUMENT;

A_END     : '}' -> type(VAR_END), popMode ;
A_TEXT    : ('$' | '%') -> type(STRING) ;
A_RUN     : ~[}'"\\$%]+ -> type(STRING) ;
A_BACKREF : '$' DIGIT_ -> type(REGEX_BACKREF) ;
A_VAR     : '%{' -> type(VAR_BEGIN), pushMode(NAME) ;
A_ESCAPE  : ESCAPE_ -> type(ESCAPE) ;
A_BAD     : '\\' DIGIT_+ -> type(BAD_ESCAPE) ;
A_JAM     : ['"\\] -> type(JAM) ;

mode NAME;

N_ID    : WORD_ -> type(ID) ;
N_END   : '}' -> type(VAR_END), popMode ;
N_COLON : ':' -> type(COLON), mode(ARGUMENT) ;
N_OTHER : . -> type(BAD_NAME) ;

fragment DIGIT_  : [0-9] ;
fragment WORD_   : [a-zA-Z] [a-zA-Z0-9_]* ;
fragment ESCAPE_ : '\\' ([0-7] ([0-7] [0-7]?)? | ~[0-9]) ;

fragment PATTERN_
    : 'm'? '/' ~'/'* '/'
    | 'm#' ~'#'* '#'
    | 'm$' ~'$'* '$'
    | 'm%' ~'%'* '%'
    | 'm^' ~'^'* '^'
    | 'm|' ~'|'* '|'
    | 'm?' ~'?'* '?'
    | 'm!' ~'!'* '!'
    | 'm\'' ~'\''* '\''
    | 'm"' ~'"'* '"'
    | 'm,' ~','* ','
    | 'm;' ~';'* ';'
    | 'm:' ~':'* ':'
    | 'm.' ~'.'* '.'
    | 'm-' ~'-'* '-'
    ;

fragment ENDLESS_
    : 'm/' ~'/'*
    | 'm#' ~'#'*
    | 'm$' ~'$'*
    | 'm%' ~'%'*
    | 'm^' ~'^'*
    | 'm|' ~'|'*
    | 'm?' ~'?'*
    | 'm!' ~'!'*
    | 'm\'' ~'\''*
    | 'm"' ~'"'*
    | 'm,' ~','*
    | 'm;' ~';'*
    | 'm:' ~':'*
    | 'm.' ~'.'*
    | 'm-' ~'-'*
    ;

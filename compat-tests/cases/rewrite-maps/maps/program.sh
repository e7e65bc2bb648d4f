#!/bin/sh
while read -r key; do
    case "$key" in
        no*) echo NULL ;;
        empty) echo ;;
        *) echo "got-$key" ;;
    esac
done

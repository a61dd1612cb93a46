/*
 * main.c - the program
 */
#include <stdio.h>

int main(void)
{
    puts("yare");
    return 0;
}
